# Read by the image of PostgreSQL when it makes its data: the ledger's database, of a user of its own.
psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --set "password=$(cat /run/secrets/ledger_password)" <<'SQL'
CREATE ROLE rituals LOGIN PASSWORD :'password';
CREATE DATABASE rituals OWNER rituals;
REVOKE CONNECT ON DATABASE rituals FROM PUBLIC;
SQL
