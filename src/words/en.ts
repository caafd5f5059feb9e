/**
 * Every word of the pages and of what feeds say of themselves. {name} is a place for a name or a number, and what is in
 * brackets is a link. Other languages are files like this one; what they lack is an error of types.
 */
import { counted } from './counted.ts'

export const en = {
  // Around every page
  skip: 'Skip to the content',
  search: 'Search',
  searching: 'Search',
  searchArticles: 'Search the articles',
  whatToSearch: 'What to search for',
  subscribe: 'Subscribe',
  subscribing: 'Subscribe',
  all: 'All',
  allFeeds: 'All feeds (OPML)',
  about: 'About {name}',
  pages: 'Pages',
  page: 'Page {page}',
  newer: 'Newer',
  older: 'Older',
  back: 'Back',
  more: 'More',

  // Channels
  kinds: {
    section: {
      one: 'Section',
      many: 'Sections',
      all: 'All sections',
      allOf: 'All sections of {name}, each with feeds of its own.',
    },
    tag: {
      one: 'Tag',
      many: 'Tags',
      all: 'All tags',
      allOf: 'All tags of {name}, each with feeds of its own.',
    },
    author: {
      one: 'Author',
      many: 'Authors',
      all: 'All authors',
      allOf: 'All authors of {name}, each with feeds of its own.',
    },
  },
  newest: {
    site: 'The newest articles of {publisher}',
    section: 'The newest articles of {publisher} in the section {name}',
    tag: 'The newest articles of {publisher} about {name}',
    author: 'The newest articles of {publisher} by {name}',
    search: 'The newest articles of {publisher} found by searching for {name}',
  },
  feedsOf: 'Feeds of {name}',
  feeds: 'Feeds',
  none: 'There are none yet.',
  subscribeTo: 'Subscribe to {name}',
  emptyChannel: 'There is nothing here at the moment. New articles will be, and in its [feed].',

  // Addresses and readers
  openIn: 'Open in',
  appHere: 'an app on this device',
  copy: 'Copy',
  copied: 'Copied',
  pressKeys: 'Press Ctrl+C',
  addressCopied: 'The address was copied.',
  addressSelected: 'The address is selected.',
  copyAddress: 'Copy the {format} address',
  copyAddressOf: 'Copy the {format} address of {name}',

  // Articles
  minutes: counted({ one: '{n} min read', other: '{n} min read' }),
  updated: 'updated',
  image: 'Image',
  recording: 'Recording',
  video: 'Video',
  table: 'Table',
  watch: 'Watch the film',
  listen: 'Listen to this article',
  moreTags: counted({ one: '{n} more tag', other: '{n} more tags' }),
  moreIn: 'More in [{name}]',

  // The front page
  emptyTitle: 'Nothing has been published yet',
  emptyFront:
    'The first article will be here as soon as it is. Whoever [subscribes] today will not miss it.',
  emptyOwner:
    'Is this your site? Put an article into its articles folder, as a Markdown, Word, HTML or text file: a moment later it is here.',
  frontFeeds:
    'New articles come to your feed reader by themselves. No account, no e-mail address, no tracking.',
  chooseFeed: 'Choose a feed',

  // A feed in a browser
  feedTitle: '{name}: feed',
  feedKicker: '{format} feed',
  archiveKicker: '{format} feed, archive {archive}',
  thisIsFeed: 'This is a feed: subscribe to it',
  giveAddress:
    'Give this address to a feed reader, and new articles come to you by themselves. [What is a feed?]',
  copyThis: 'Copy the address of this feed',
  sameAs: 'The same as {others}, and as a [page to read].',
  inThisFeed: 'In this feed',
  nothingYet: 'Nothing yet. Whoever subscribes today will not miss the first article.',
  andMore: counted({ one: 'And {n} more.', other: 'And {n} more.' }),

  // Searching
  searchTitle: '{words}: search',
  nothingFound: 'Nothing was found, so far.',
  found: counted({ one: 'One article was found.', other: '{n} articles were found.' }),
  newestFound: counted({
    one: 'The newest article that was found.',
    other: 'The newest {n} articles that were found.',
  }),
  subscribeToSearch: 'Subscribe to this search',
  subscribeToYours: 'Subscribe to your feed',
  willCome: 'Whatever is published from now on that fits will come to your reader.',
  howToSearch: 'How to search',
  example: { first: 'harbour', second: 'ferry', phrase: 'old harbour' },
  help: {
    both: 'articles with both words',
    phrase: 'with these words one after the other',
    without: 'without the second word',
    filed: 'of this section, tag or author',
    either: 'of one of these two',
    dated: 'published in this time',
  },
  searchFaults: {
    tooLong: 'A search has at most {most} characters.',
    openPhrase: 'The phrase at character {at} has no closing quotation mark.',
    tooMany: 'A search has at most {most} terms.',
    excludedDate: 'A date cannot be excluded (at character {at}).',
    nothingWanted: 'A search needs at least one word, phrase, section, tag or author.',
    noLetter: 'There is no letter or digit in the term at character {at}.',
    unknownField: 'There is no field "{field}:" (at character {at}); known are {known}.',
    noName: 'A name is missing after {field}: (at character {at}).',
    noDate: '"{value}" (at character {at}) is not a date such as 2024, 2024-05 or 2024-05-31.',
  },

  // Subscribing
  subscribeDek:
    'Have new articles of {name} come to you, in the reader of your choice. No account, no e-mail address, no tracking.',
  subscribeAbout:
    'Feeds of {name}: the whole site, sections, tags, authors, or a selection of your own.',
  everything: 'Everything',
  copyIntoReader:
    'Or copy one of these addresses into your reader. Whichever you choose, you get the same articles.',
  choose: 'Or choose what you want',
  chooseHow:
    'Articles of any of the sections you tick, with any of the tags, and with all of the words, as one feed.',
  words: 'Words',
  showFeed: 'Show my feed',
  yourFeed: 'Your feed',
  readOnPage: 'Read these articles on a page',
  nothingChosen: 'Nothing was chosen: tick a section or a tag, or write some words.',
  atOnce: 'All at once',
  opml: '[{file}] lists every feed of this site. Most readers can import it.',
  whatIsFeed: 'What is a feed?',
  feedExplained: [
    'A feed is an address at which a site lists its newest articles, in a form that programs understand. A feed reader looks there for you, again and again, and shows you what is new: from this site and from every other you follow, in one place, in the order it came out.',
    'Nobody decides for you what you see, nobody learns that you read it, and you leave by taking the address out of your reader. Readers are websites such as those named above, or apps on your phone or computer: {apps} and many others.',
    'RSS, Atom and JSON Feed are three ways to write the same list. Every reader knows RSS.',
  ] as readonly [string, string, string],

  // The status page
  status: {
    title: 'Status',
    of: '{name}: status',
    refresh: 'Refresh now',
    askLoss: 'Were these files deleted on purpose?',
    believeLoss: 'Yes, remove their articles now',
    articles: 'Articles',
    rejected: 'Rejected files',
    notes: 'Notes',
    passedOver: 'Passed over',
    pollsInDay: 'Polls in the last day',
    pollsInWeek: 'Polls in the last week',
    nextRefresh: 'Next refresh',
    notPlanned: 'not planned',
    running: 'Running since',
    refreshesHere: 'This machine refreshes.',
    followsHere: 'This machine follows the one that refreshes.',
    reporting: counted({
      one: '{n} machine has reported in the last half minute.',
      other: '{n} machines have reported in the last half minute.',
    }),
    polls: 'Polls and how they were answered',
    answers: {
      notModified: 'not modified (304)',
      delta: 'only what is new (226)',
      wholeFeed: 'the whole feed (200)',
      turnedAway: 'refused (4xx)',
      failed: 'failed (5xx)',
    },
    byHour: 'The last day, by the hour',
    bySixHours: 'The last week, by six hours',
    noPolls: 'no polls',
    inChart: '{what}: {said}',
    lastDay: 'Last day',
    lastWeek: 'Last week',
    sent: 'sent',
    savedBy304: 'saved by 304',
    savedByCompression: 'saved by compression',
    subscribers: 'Subscribers by reader',
    nobody: 'Nobody has polled yet.',
    reader: 'Reader',
    unnamedReaders: { browsers: 'web browsers', unnamed: 'unnamed', others: 'others' },
    howMany: 'Subscribers',
    howKnown: 'How this is known',
    stated: 'it says so',
    estimated: 'addresses in a day, ± 3 %',
    moreReaders: counted({
      one: 'And {n} more reader, in [/status].',
      other: 'And {n} more readers, in [/status].',
    }),
    sections: 'Articles by section, in twelve months',
    noSection: 'No section has published in this time.',
    months: '{first} to {last}',
    deliveries: {
      title: 'Sent at once (push)',
      subscriptions: 'WebSub subscriptions',
      kind: 'Kind',
      kinds: {
        verification: 'Subscription checks',
        content: 'Feeds to subscribers',
        publish: 'Notices to other hubs',
        webhook: 'Webhooks',
        indexnow: 'IndexNow',
      },
      waiting: 'Waiting',
      done: 'Done',
      failed: 'Failed tries',
      givenUp: 'Given up',
      sinceStart: 'Counted since the start, except what is waiting.',
      failures: 'Last failed tries',
      target: 'Where to',
    },
    refreshes: 'Last refreshes that changed something',
    noRefresh: 'None yet.',
    when: 'When ({zone})',
    took: 'Took',
    added: 'Added',
    edited: 'Edited',
    removed: 'Removed',
    refused: 'Rejected',
    noFile: 'None.',
    file: 'File',
    wrong: 'What is wrong',
    toDo: 'What to do',
    since: 'Since',
    moreFiles: counted({
      one: 'And {n} more: {command} lists them all.',
      other: 'And {n} more: {command} lists them all.',
    }),
    noted: 'Notes on other files',
    toKnow: 'What you should know',
    noArticles: 'Files that are no articles',
    why: 'Why',
    asJson: 'The same as JSON',
    metrics: 'Metrics for Prometheus',
  },

  // Errors
  error: 'Error {status}',
  goElsewhere: 'Go to the [front page], or search for what you were looking for:',
  /** By their status (RFC 9110 §15). */
  errors: {
    400: { title: 'This was not understood', detail: 'This request cannot be understood.' },
    404: {
      title: 'There is nothing here',
      detail: 'The address may be misspelt, or its page was never there.',
    },
    410: { title: 'This is gone', detail: 'This article was removed.' },
    412: {
      title: 'This has changed',
      detail: 'What is here is not what the request says it knows.',
    },
    414: {
      title: 'This address is too long',
      detail: 'No page has an address as long as this one.',
    },
    429: { title: 'This was asked for too often', detail: 'Ask again in a while.' },
    500: {
      title: 'Something went wrong',
      detail: 'Something went wrong here; it has been logged.',
    },
    503: {
      title: 'Not at the moment',
      detail: 'This cannot be answered now. Ask again in a few seconds.',
    },
  },
  otherError: { title: 'This is not possible', detail: 'This request cannot be answered.' },
}

/** The words of a language. */
export type Words = typeof en
