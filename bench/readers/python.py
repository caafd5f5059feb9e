"""Python's and the terminal's readers: python.py READER URL STATE (a folder that outlives a poll)."""

import json
import mailbox
import os
import sqlite3
import subprocess
import sys
import urllib.request
from email.header import decode_header, make_header

reader, url, state = sys.argv[1:]


def run(*command):
    subprocess.run(command, check=True, stdout=sys.stderr, env={**os.environ, "HOME": state})


def write(name, text):
    with open(os.path.join(state, name), "w") as file:
        file.write(text)
    return file.name


def feedparser():
    import feedparser

    kept = os.path.join(state, "kept")
    known = json.load(open(kept)) if os.path.exists(kept) else {}
    feed = feedparser.parse(url, **known)
    if feed.status != 304:
        write("kept", json.dumps({key: feed.get(key) for key in ("etag", "modified")}))
    for one in feed.entries:
        picture = [each.get("url") or each.href for each in one.get("media_content", []) + one.enclosures]
        yield {
            "title": one.title,
            "authors": [each.get("name") for each in one.get("authors", [])],
            "date": one.published,
            "shown": one.content[0].value if "content" in one else one.get("summary"),
            "picture": next(iter(picture), None),
            "categories": [each.term for each in one.get("tags", [])],
            "language": feed.feed.get("language"),
        }


def podcastparser():
    import podcastparser

    for one in podcastparser.parse(url, urllib.request.urlopen(url))["episodes"]:
        shown = one.get("description_html") or one["description"]
        picture = one.get("episode_art_url")
        yield {"title": one["title"], "date": one["published"] * 1000, "shown": shown, "picture": picture}


def rss2email():
    """Its mails go into a folder instead of to a mail server, and as HTML; all else is its default."""
    config = os.path.join(state, "config")
    r2e = ["r2e", "-c", config, "-d", os.path.join(state, "data")]
    if not os.path.exists(config):
        run(*r2e, "new", "me@localhost")
        text = open(config).read().replace("html-mail = False", "html-mail = True").replace("~/Maildir", state)
        write("config", text.replace("email-protocol = sendmail", "email-protocol = maildir"))
        run(*r2e, "add", "newsstand", url)
    run(*r2e, "run")
    for mail in mailbox.Maildir(os.path.join(state, "INBOX")):
        shown = mail.get_payload(decode=True).decode()
        header = {key: str(make_header(decode_header(mail[key]))).replace("\n", "") for key in ("Subject", "From")}
        direction = "ar" if 'dir="rtl"' in shown or 'dir="auto"' in shown else None
        yield {"title": header["Subject"], "authors": [header["From"]], "shown": shown, "language": direction}


def newsboat():
    cache = os.path.join(state, "cache")
    run("newsboat", "-C", write("config", ""), "-u", write("urls", url), "-c", cache, "-x", "reload")
    database = sqlite3.connect(cache)
    rtl = database.execute("select max(is_rtl) from rss_feed").fetchone()[0]
    for title, author, date, content in database.execute("select title, author, pubDate, content from rss_item"):
        language = "ar" if rtl else None
        yield {"title": title, "authors": [author], "date": date * 1000, "shown": content, "language": language}


def sfeed():
    run("sfeed_update", write("rc", f'sfeedpath="{state}"\nfeeds() {{\n feed "newsstand" "{url}"\n}}\n'))
    for line in open(os.path.join(state, "newsstand")):
        date, title, _, shown, _, _, author, enclosure, categories = line.rstrip("\n").split("\t")[:9]
        item = {"title": title, "authors": [author], "date": int(date) * 1000, "shown": shown}
        yield {**item, "picture": enclosure or None, "categories": categories.split("|")}


print(json.dumps(list(globals()[reader]())))
