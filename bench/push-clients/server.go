// websub-server as a hub, at $HUB.
package main

import (
	"net/http"
	"net/url"
	"os"
	"time"

	"meow.tf/websub"
	"meow.tf/websub/store/bolt"
)

func main() {
	own, _ := url.Parse(os.Getenv("HUB"))
	// That in memory sends to those alone whose subscriptions have ended.
	store, _ := bolt.New(os.Getenv("STATE") + "/hub.db")
	hub := websub.New(
		store,
		websub.WithURL(os.Getenv("HUB")),
		// Of itself it refuses whoever asks for more than a day.
		websub.WithMaxLease(30*24*time.Hour),
	)
	http.ListenAndServe(own.Host, hub)
}
