"""Which first six digits of an identity number are known: GB/T 2260 codes of Guangdong, the numbering rule elsewhere.

A code stays in its holder's number for life, so retired codes count too. A table of the whole country over forty years
would be long and still incomplete, and an unknown code only warns; so elsewhere the rule of the standard is asked.
"""

PROVINCES = frozenset(
    (
        "11",
        "12",
        "13",
        "14",
        "15",
        "21",
        "22",
        "23",
        "31",
        "32",
        "33",
        "34",
        "35",
        "36",
        "37",
        "41",
        "42",
        "43",
        "44",
        "45",
        "46",
        "50",
        "51",
        "52",
        "53",
        "54",
        "61",
        "62",
        "63",
        "64",
        "65",
        "71",
        "81",
        "82",
    )
)
"""The first two digits in use."""

# In force and retired, less their 44; 1900 and 2000 are cities without counties.
_GUANGDONG_CODES = """
    0102 0103 0104 0105 0106 0107 0111 0112 0113 0114 0115 0116 0117 0118 0120 0121 0122 0123 0124 0125 0126
    0127 0128 0181 0182 0183 0184 0202 0203 0204 0205 0220 0221 0222 0223 0224 0225 0226 0227 0228 0229 0230
    0231 0232 0233 0281 0282 0302 0303 0304 0305 0306 0307 0308 0309 0310 0311 0320 0321 0402 0403 0404 0421
    0502 0503 0504 0505 0506 0507 0508 0509 0510 0511 0512 0513 0514 0515 0520 0521 0522 0523 0524 0525 0526
    0527 0528 0581 0582 0583 0602 0603 0604 0605 0606 0607 0608 0620 0621 0622 0623 0624 0681 0682 0683 0684
    0702 0703 0704 0705 0711 0721 0722 0723 0724 0725 0726 0727 0781 0782 0783 0784 0785 0802 0803 0804 0811
    0821 0822 0823 0824 0825 0881 0882 0883 0902 0903 0904 0921 0922 0923 0924 0981 0982 0983 1202 1203 1204
    1221 1222 1223 1224 1225 1226 1227 1228 1229 1230 1281 1282 1283 1284 1302 1303 1321 1322 1323 1324 1381
    1402 1403 1421 1422 1423 1424 1425 1426 1427 1481 1502 1521 1522 1523 1581 1602 1611 1621 1622 1623 1624
    1625 1702 1703 1704 1721 1722 1723 1781 1802 1803 1811 1821 1822 1823 1824 1825 1826 1827 1881 1882 1900
    2000 2200 2201 2202 2221 2222 2223 2224 2225 2226 2227 2228 2229 2300 2301 2302 2321 2322 2323 2324 2325
    2326 2327 2328 2329 2330 2331 2400 2401 2421 2422 2423 2424 2425 2426 2427 2500 2501 2502 2521 2522 2523
    2524 2525 2526 2527 2528 2529 2530 2531 2600 2621 2622 2623 2624 2625 2626 2627 2628 2629 2630 2631 2632
    2633 2700 2701 2702 2721 2722 2723 2724 2725 2726 2727 2728 2729 2730 2731 2732 2800 2801 2821 2822 2823
    2824 2825 2826 2827 2828 2829 2830 2900 2901 2902 2921 2922 2923 2924 2925 2926 2927 2928 2929 2930 2931
    5102 5103 5121 5122 5202 5203 5221 5222 5223 5224 5281 5302 5303 5321 5322 5323 5381 9000 9001
"""
_GUANGDONG = frozenset(_GUANGDONG_CODES.split())

# Municipalities have no prefectures: 01 are their districts, 02 their counties, in Chongqing 03 too.
_MUNICIPALITIES = {"11": "01 02", "12": "01 02", "31": "01 02", "50": "01 02 03"}
_CITIES_WITHOUT_COUNTIES = frozenset(("441900", "442000", "460400", "620200"))


def known_county(code: str) -> bool:
    """Whether a six-digit code is, or could be, a county's.

    >>> known_county("440524"), known_county("123456")
    (True, False)
    """
    province, prefecture, county = code[:2], code[2:4], code[4:]
    if code in _CITIES_WITHOUT_COUNTIES:
        return True
    if province == "44":
        return code[2:] in _GUANGDONG
    if province in _MUNICIPALITIES:
        return prefecture in _MUNICIPALITIES[province].split() and county != "00"
    # 01-20 and 51-70 are cities, 21-50 prefectures and leagues, 90 the counties a province governs itself.
    return ("01" <= prefecture <= "70" or prefecture == "90") and county != "00"
