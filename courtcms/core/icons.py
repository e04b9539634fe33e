"""The house's own small set of icons: paths on a 24-unit grid, drawn with the ink of the text around them."""

ICONS = {
    "mark": "M3.5 7.5h17v8.5h-17zM12 1.5v21",
    "find": "M10.5 4a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13zM15.2 15.2 21 21",
    "print": "M7 9V3h10v6M7 17H4V9h16v8h-3M7 14h10v7H7z",
    "download": "M12 3v12M7 10.5l5 5 5-5M4 20.5h16",
    "upload": "M12 16V4M7 8.5l5-5 5 5M4 20.5h16",
    "lock": "M6 10.5h12V21H6zM8.5 10.5V7a3.5 3.5 0 0 1 7 0v3.5",
    "link": "M9.5 14.5l5-5M8 11l-2.5 2.5a3.5 3.5 0 0 0 5 5L13 16M16 13l2.5-2.5a3.5 3.5 0 0 0-5-5L11 8",
    "check": "M4.5 12.5l5 5L19.5 7",
    "cross": "M6 6l12 12M18 6L6 18",
    "warning": "M12 3.5 22 20.5H2zM12 10v5M12 17.2v.8",
    "clock": "M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17zM12 8v4.5l3 2",
    "person": "M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM4.5 21c.6-4.2 3.4-6.5 7.5-6.5s6.9 2.3 7.5 6.5",
    "file": "M6 3h8.5L19 7.5V21H6zM14 3v5h5",
    "rss": "M5 11.5a8 8 0 0 1 7.5 7.5M5 5.5A14 14 0 0 1 18.5 19M6 18.5v.5",
}
