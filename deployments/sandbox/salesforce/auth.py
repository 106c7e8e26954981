"""The OAuth token endpoint: client credentials and JWT bearer."""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

import jwt

from deployments.sandbox.salesforce.exchange import Answer
from deployments.sandbox.salesforce.org import Client, Org
from deployments.sandbox.salesforce.store import Store

JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer"
_LOGIN_HOSTS = ("https://login.salesforce.com", "https://test.salesforce.com")


class _RefusedError(Exception):
    def __init__(self, error: str, description: str) -> None:
        super().__init__(description)
        self.answer = Answer(400, {"error": error, "error_description": description})


class Login:
    """Gives out access tokens."""

    def __init__(self, store: Store, org: Org) -> None:
        self._store = store
        self._org = org

    def token(self, form: Mapping[str, str], authorization: str) -> Answer:
        """Answer a token request; `authorization` is that header. Errors are an object, not an array."""
        try:
            user_id = self._user(form, authorization)
        except _RefusedError as refused:
            return refused.answer
        return Answer(200, self._granted(user_id), {"Cache-Control": "no-store"})

    def _user(self, form: Mapping[str, str], authorization: str) -> str:
        grant = form.get("grant_type")
        if grant == "client_credentials":
            return self._client_credentials(form, authorization)
        if grant == JWT_BEARER:
            return self._jwt_bearer(form.get("assertion", ""))
        raise _RefusedError("unsupported_grant_type", "grant type not supported")

    def _granted(self, user_id: str) -> dict[str, str]:
        token = self._org.open_session(user_id)
        identity = self._org.identity(user_id)
        issued = str(int(self._org.now().timestamp() * 1000))
        signature = hmac.new(token.encode(), (identity + issued).encode(), hashlib.sha256).digest()
        return {
            "access_token": token,
            "signature": base64.b64encode(signature).decode(),
            "scope": "api",
            "instance_url": f"https://{self._org.domain}",
            "id": identity,
            "token_type": "Bearer",
            "issued_at": issued,
        }

    def _client_credentials(self, form: Mapping[str, str], authorization: str) -> str:
        client_id, secret = _basic(authorization) or (form.get("client_id", ""), form.get("client_secret", ""))
        client = self._client(client_id)
        if not hmac.compare_digest(client.secret.encode(), secret.encode()):
            raise _RefusedError("invalid_client", "invalid client credentials")
        user_id = self._active_user(client.run_as)
        if user_id is None:
            raise _RefusedError("invalid_grant", "no client credentials user enabled")
        return user_id

    def _jwt_bearer(self, assertion: str) -> str:
        claims = _unverified(assertion)
        client = self._client(str(claims.get("iss", "")))
        if not client.public_key:
            raise _RefusedError("invalid_grant", "invalid assertion")
        try:
            jwt.decode(
                assertion,
                client.public_key,
                algorithms=["RS256"],
                audience=[*_LOGIN_HOSTS, f"https://{self._org.domain}"],
                options={"require": ["exp", "iss", "sub", "aud"]},
            )
        except jwt.ExpiredSignatureError:
            raise _RefusedError("invalid_grant", "expired assertion") from None
        except jwt.InvalidAudienceError:
            raise _RefusedError("invalid_grant", "audience is invalid") from None
        except jwt.InvalidTokenError:
            raise _RefusedError("invalid_grant", "invalid assertion") from None
        user_id = self._active_user(str(claims["sub"]))
        if user_id is None:
            raise _RefusedError("invalid_grant", "user hasn't approved this consumer")
        return user_id

    def _client(self, client_id: str) -> Client:
        client = self._org.client(client_id)
        if client is None:
            raise _RefusedError("invalid_client_id", "client identifier invalid")
        return client

    def _active_user(self, username: str) -> str | None:
        """The id of the active user of that name. When no name is set: of the first active one with a profile for
        integrations, or else of the first active one."""
        sql = """SELECT u."Id" FROM "User" u LEFT JOIN "Profile" p ON p."Id" = u."ProfileId"
                 WHERE u."IsActive" = 1 AND (? = '' OR u."Username" = ? COLLATE NOCASE)
                 ORDER BY COALESCE(p."Name" LIKE '%Integration%', 0) DESC, u."Id" LIMIT 1"""
        with self._store.lock:
            row = self._store.connection.execute(sql, (username, username)).fetchone()
        return row[0] if row else None


def _unverified(assertion: str) -> dict[str, Any]:
    try:
        return jwt.decode(assertion, options={"verify_signature": False})
    except jwt.InvalidTokenError:
        raise _RefusedError("invalid_grant", "invalid assertion") from None


def _basic(authorization: str) -> tuple[str, str] | None:
    kind, _, encoded = authorization.partition(" ")
    if kind.lower() != "basic":
        return None
    try:
        user, _, password = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        raise _RefusedError("invalid_client", "invalid client credentials") from None
    return unquote(user), unquote(password)
