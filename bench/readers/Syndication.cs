// .NET's own reader as its manual has it: Syndication.exe URL
using System.Collections.Generic;
using System.Linq;
using System.ServiceModel.Syndication;
using System.Xml;

class Program {
  static string Json(IEnumerable<string> all) { return "[" + string.Join(",", all.Select(Json)) + "]"; }
  static string Json(string text) {
    if (text == null) return "null";
    return "\"" + text.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n").Replace("\t", "\\t") + "\"";
  }
  static IEnumerable<string> Extensions(SyndicationItem one, string name, string space) {
    return one.ElementExtensions.ReadElementExtensions<string>(name, space);
  }
  static void Main(string[] args) {
    var feed = SyndicationFeed.Load(XmlReader.Create(args[0]));
    System.Console.WriteLine("[" + string.Join(",", feed.Items.Select(one => {
      var encoded = Extensions(one, "encoded", "http://purl.org/rss/1.0/modules/content/");
      var content = one.Content is TextSyndicationContent ? ((TextSyndicationContent)one.Content).Text : encoded.FirstOrDefault();
      var authors = one.Authors.Select(each => each.Name ?? each.Email).Concat(Extensions(one, "creator", "http://purl.org/dc/elements/1.1/"));
      var pictures = one.Links.Where(each => each.RelationshipType == "enclosure").Select(each => each.Uri.ToString());
      return "{\"title\":" + Json(one.Title.Text) + ",\"authors\":" + Json(authors) + ",\"date\":" + Json(one.PublishDate.ToString("o"))
        + ",\"shown\":" + Json(content ?? (one.Summary == null ? null : one.Summary.Text)) + ",\"picture\":" + Json(pictures.FirstOrDefault())
        + ",\"categories\":" + Json(one.Categories.Select(each => each.Name)) + ",\"language\":" + Json(feed.Language) + "}";
    })) + "]");
  }
}
