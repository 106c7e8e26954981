"""Names for thousands of companies and people, none of them real: the same number always gives the same name."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_HEADS = _words("""
    Al Am Ar Bel Bor Bri Cal Cor Dal Dor Ek El Fal Fen Gal Gro Hal Hol Il Jor Kal Kor Lan Lor Mar Mel Nor Ol Par Pel
    Quin Ral Ros Sal Sor Tal Tor Ul Val Ver Wil Yor Zan
""")
_MIDDLES = _words("a be da do e fa go i ka la le mi na o pa ra so ti va ze")
_TAILS = _words("bel cor dia dor fax gen ko lis lux mar nix non pex ria ros sta ton tra vex vin")
_TRADES = _words("Logistics Health Systems Energy Foods Capital Robotics Media Labs Insurance Networks Retail")
_FIRST = _words("""
    Abby Adil Aiko Anton Aya Basil Bela Carmen Cyril Dara Edda Elio Emre Faye Gino Hira Ilse Ivo Jana Jiro Kaya Kofi
    Lara Levi Lola Malik Mina Nils Noor Omar Orla Pavel Qi Rhea Rolf Sana Silas Tariq Thea Umar Vesna Wim Xavi Yael
    Yusuf Zita
""")
_LAST = _words("""
    Abara Acker Baines Bashir Calder Cho Dahl Dixit Ekman Eze Farkas Frost Galvez Goto Hadley Ibarra Jansen Kaur Kemp
    Lachlan Lopes Maas Mbeki Nagy Nolan Oduya Okada Paz Pruitt Quade Rao Reyna Sato Selby Tanaka Thorne Uribe Vidal
    Wade Xu Yates Zeller
""")
COMPANIES = len(_HEADS) * len(_MIDDLES) * len(_TAILS) * len(_TRADES)
_STRIDE = 77_777  # shares no factor with the number of names, so that neighbours differ and none repeats


def account_name(index: int) -> str:
    """The name of a company; unique below `COMPANIES`."""
    rest = index * _STRIDE % COMPANIES
    rest, trade = divmod(rest, len(_TRADES))
    rest, tail = divmod(rest, len(_TAILS))
    head, middle = divmod(rest, len(_MIDDLES))
    return f"{_HEADS[head]}{_MIDDLES[middle]}{_TAILS[tail]} {_TRADES[trade]}"


def person_name(index: int) -> tuple[str, str]:
    """A first and a last name; people may share one."""
    return _FIRST[index * 7 % len(_FIRST)], _LAST[(index * 11 + index // len(_FIRST)) % len(_LAST)]
