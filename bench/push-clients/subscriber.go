// go-websub as a subscriber. See README.md for what it is told and prints.
package main

import (
	"bufio"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"os"

	"github.com/notnotquinn/go-websub"
)

func show(is, text string) {
	line, _ := json.Marshal(map[string]string{"is": is, "text": text})
	os.Stdout.Write(append(line, '\n'))
}

// What the client does not tell of: that the hub has asked, and what it was answered.
type noted struct {
	http.ResponseWriter
	status int
}

func (n *noted) WriteHeader(status int) {
	n.status = status
	n.ResponseWriter.WriteHeader(status)
}

func main() {
	callback := os.Getenv("CALLBACK")
	own, _ := url.Parse(callback)
	client := websub.NewSubscriber(callback + "/")
	go http.ListenAndServe(own.Host, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer := &noted{w, 200}
		client.ServeHTTP(answer, r)
		if r.Method == http.MethodGet && answer.status == 200 {
			show(r.URL.Query().Get("hub.mode"), "")
		}
	}))
	received := func(_ *websub.SubscriberSubscription, _ string, body io.Reader) {
		text, _ := io.ReadAll(body)
		show("content", string(text))
	}
	one, err := client.Subscribe(os.Getenv("TOPIC"), os.Getenv("SECRET"), received)
	if err != nil {
		show("denied", err.Error())
	}
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		if lines.Text() == "unsubscribe" {
			err = client.Unsubscribe(one)
		}
	}
}
