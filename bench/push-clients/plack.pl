# Plack::App::PubSubHubbub::Subscriber, of PubSubHubbub's time: it asks for verification at once, and knows no secret. See README.md for what it
# is told and prints.
use strict;
use warnings;
use lib 'Plack-App-PubSubHubbub-Subscriber/lib';
use HTTP::Server::PSGI;
use JSON::PP;
use LWP::UserAgent;
use Plack::App::PubSubHubbub::Subscriber;
use Plack::App::PubSubHubbub::Subscriber::Client;
use Plack::App::PubSubHubbub::Subscriber::Config;
use URI;

$| = 1;
my $callback = "$ENV{CALLBACK}/callback";
my $config = Plack::App::PubSubHubbub::Subscriber::Config->new(
  callback => $callback, verify => 'sync', lease_seconds => 86400);
sub show { print encode_json({is => $_[0], text => $_[1] // ''}), "\n" }
my $app = Plack::App::PubSubHubbub::Subscriber->new(
  config => $config,
  on_verify => sub { show($_[2]); 1 },
  on_ping => sub { show('content', $_[1]) });
my $own = URI->new($ENV{CALLBACK});
my $server = fork // die;
if (!$server) {
  close STDIN;
  HTTP::Server::PSGI->new(host => $own->host, port => $own->port)->run($app->to_app);
}
$SIG{TERM} = sub { kill 'TERM', $server; exit };
sleep 1;
my $links = join ', ', LWP::UserAgent->new->get($ENV{TOPIC})->header('Link');
my ($hub) = $links =~ /<([^>]*)>; *rel="?hub/;
my ($topic) = $links =~ /<([^>]*)>; *rel="?self/;
my $client = Plack::App::PubSubHubbub::Subscriber::Client->new(config => $config);
my $done = $client->subscribe($hub, $topic, 'token');
show('denied', $done->{error}) if $done->{error};
while (<STDIN>) {
  $done = /renew/ ? $client->subscribe($hub, $topic, 'token') : $client->unsubscribe($hub, $topic, 'token');
  show('denied', $done->{error}) if $done->{error};
}
kill 'TERM', $server;
