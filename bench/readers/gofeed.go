// gofeed as its manual has it: gofeed.go URL
package main

import (
	"encoding/json"
	"os"

	"github.com/mmcdole/gofeed"
)

func main() {
	feed, err := gofeed.NewParser().ParseURL(os.Args[1])
	if err != nil {
		panic(err)
	}
	items := []map[string]interface{}{}
	for _, one := range feed.Items {
		authors, picture, shown := []string{}, "", one.Content
		for _, each := range one.Authors {
			authors = append(authors, each.Name)
		}
		if one.Image != nil {
			picture = one.Image.URL
		} else if len(one.Enclosures) > 0 {
			picture = one.Enclosures[0].URL
		}
		if shown == "" {
			shown = one.Description
		}
		items = append(items, map[string]interface{}{
			"title": one.Title, "authors": authors, "date": one.PublishedParsed, "shown": shown,
			"picture": picture, "categories": one.Categories, "language": feed.Language,
		})
	}
	json.NewEncoder(os.Stdout).Encode(items)
}
