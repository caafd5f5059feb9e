# XML::Feed as its manual has it: xmlfeed.pl URL
use strict;
use warnings;
use JSON::PP;
use XML::Feed;

my $feed = XML::Feed->parse(URI->new($ARGV[0])) or die XML::Feed->errstr;
my @items = map {
    my $picture = $_->enclosure;
    my $author = $_->author;
    {
        title => $_->title, authors => ref $author ? $author : [$author], date => $_->issued . 'Z',
        shown => $_->content->body || $_->summary->body, picture => $picture && $picture->url,
        categories => [$_->category], language => $feed->language,
    }
} $feed->entries;
print JSON::PP->new->ascii->encode(\@items);
