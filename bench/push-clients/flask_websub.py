"""Flask-WebSub as a subscriber or as a hub: flask_websub.py subscriber|hub. See README.md for what it is told and prints."""

import json
import os
import sys
import threading
from urllib.parse import urlsplit

sys.path.remove(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, os.path.join(os.getcwd(), "Flask-WebSub"))

from flask import Flask

state = os.environ["STATE"]
own = urlsplit(os.environ.get("CALLBACK") or os.environ["HUB"])
app = Flask(__name__)
app.config["SERVER_NAME"] = own.netloc


def run(tasks):
    listen = dict(host=own.hostname, port=own.port, threaded=True)
    threading.Thread(target=lambda: app.run(**listen), daemon=True).start()
    tasks()


def hub():
    from celery import Celery
    from flask_websub.hub import Hub, SQLite3HubStorage

    # What it is to do waits in this process.
    celery = Celery("hub", broker="memory://")
    app.config["PUBLISH_SUPPORTED"] = True
    made = Hub(SQLite3HubStorage(state + "/hub.sqlite3"), celery, **app.config)
    app.register_blueprint(made.build_blueprint(url_prefix=own.path))
    worker = celery.Worker(pool="threads", concurrency=4, quiet=True)
    run(worker.start)


def subscriber():
    from flask_websub import subscriber as library

    temporary = library.SQLite3TempSubscriberStorage(state + "/temporary.sqlite3")
    kept = library.SQLite3SubscriberStorage(state + "/kept.sqlite3")
    client = library.Subscriber(kept, temporary)
    app.register_blueprint(client.build_blueprint(url_prefix="/callbacks"))
    print_event = lambda **event: print(json.dumps(event), flush=True)
    client.add_success_handler(lambda topic, id, mode: print_event(**{"is": mode}))
    client.add_error_handler(lambda topic, id, why: print_event(**{"is": "denied", "text": why}))
    client.add_listener(
        lambda topic, id, body: print_event(**{"is": "content", "text": body.decode()})
    )

    def tasks():
        with app.app_context():
            found = library.discover(os.environ["TOPIC"])
            if os.environ.get("SECRET"):
                found["secret"] = os.environ["SECRET"]
            id = client.subscribe(**found)
        for line in sys.stdin:
            with app.app_context():
                client.renew(id) if line.strip() == "renew" else client.unsubscribe(id)

    run(tasks)


{"hub": hub, "subscriber": subscriber}[sys.argv[1]]()
