<?php
// SimplePie as its manual has it: simplepie.php URL STATE, in the folder of its checkout.
error_reporting(E_ALL & ~E_DEPRECATED);
require getcwd() . '/autoloader.php';
$feed = new SimplePie\SimplePie();
$feed->set_feed_url($argv[1]);
$feed->set_cache_location($argv[2]);
$feed->set_cache_duration(0);
$feed->init();
if ($feed->error()) {
    exit(1);
}
$plain = fn ($html) => html_entity_decode($html ?? '', ENT_QUOTES | ENT_HTML5);
echo json_encode(array_map(fn ($one) => [
    'title' => $plain($one->get_title()),
    'authors' => array_map(fn ($each) => $plain($each->get_name()), $one->get_authors() ?? []),
    'date' => $one->get_date('c'),
    'shown' => $one->get_content(),
    'picture' => $one->get_thumbnail()['url'] ?? $one->get_enclosure()?->get_link(),
    'categories' => array_map(fn ($each) => $plain($each->get_label()), $one->get_categories() ?? []),
    'language' => $feed->get_language(),
], $feed->get_items()));
