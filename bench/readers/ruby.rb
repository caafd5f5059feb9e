# Ruby's own rss, and feedjira, as their manuals have them: ruby.rb READER URL
require 'json'
require 'open-uri'

def rss(text)
  require 'rss'
  feed = RSS::Parser.parse(text, false)
  if feed.is_a?(RSS::Atom::Feed)
    return feed.items.map do |one|
      { title: one.title.content, authors: one.authors.map { |each| each.name.content }, date: one.published.content.iso8601,
        shown: one.content&.content || one.summary&.content, categories: one.categories.map(&:term), language: feed.lang,
        picture: one.links.find { |each| each.rel == 'enclosure' }&.href }
    end
  end
  feed.items.map do |one|
    { title: one.title, authors: one.dc_creators.map(&:content), date: one.pubDate.iso8601,
      shown: one.content_encoded || one.description, categories: one.categories.map(&:content),
      language: feed.channel.language, picture: one.enclosure&.url }
  end
end

def feedjira(text)
  require 'feedjira'
  feed = Feedjira.parse(text)
  feed.entries.map do |one|
    has = ->(name) { one.public_send(name) if one.respond_to?(name) }
    { title: one.title, authors: [has[:author]].compact, date: one.published.iso8601, shown: one.content || one.summary,
      picture: has[:image], categories: has[:categories] || [],
      language: feed.respond_to?(:language) ? feed.language : nil }
  end
end
puts JSON.generate(send(ARGV[0], URI.open(ARGV[1]).read))
