// go-websub as a hub, at $HUB.
package main

import (
	"net/http"
	"net/url"
	"os"

	"github.com/notnotquinn/go-websub"
)

func main() {
	own, _ := url.Parse(os.Getenv("HUB"))
	http.ListenAndServe(own.Host, websub.NewHub(os.Getenv("HUB"), websub.HubWithHashFunction("sha256")))
}
