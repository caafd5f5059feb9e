import com.rometools.rome.feed.synd.*;
import com.rometools.rome.io.SyndFeedInput;
import com.rometools.rome.io.XmlReader;
import java.net.URL;
import java.util.*;
import java.util.stream.*;

/** ROME as its tutorial has it: Rome.java URL */
public class Rome {
  static String json(Object value) {
    if (value == null) return "null";
    if (value instanceof Stream<?> all) return all.map(Rome::json).collect(Collectors.joining(",", "[", "]"));
    var text = value.toString().replace("\\", "\\\\").replace("\"", "\\\"");
    return '"' + text.replace("\n", "\\n").replace("\t", "\\t") + '"';
  }

  public static void main(String[] args) throws Exception {
    SyndFeed feed = new SyndFeedInput().build(new XmlReader(new URL(args[0])));
    System.out.println(feed.getEntries().stream().map(one -> {
      var content = one.getContents().stream().findFirst().orElse(one.getDescription());
      var people = one.getAuthors().stream().map(SyndPerson::getName).toList();
      return "{\"title\":" + json(one.getTitle())
        + ",\"authors\":" + json(people.isEmpty() ? Stream.of(one.getAuthor()) : people.stream())
        + ",\"date\":" + json(one.getPublishedDate().toInstant())
        + ",\"shown\":" + json(content == null ? null : content.getValue())
        + ",\"picture\":" + json(one.getEnclosures().stream().map(SyndEnclosure::getUrl).findFirst().orElse(null))
        + ",\"categories\":" + json(one.getCategories().stream().map(SyndCategory::getName))
        + ",\"language\":" + json(feed.getLanguage()) + "}";
    }).collect(Collectors.joining(",", "[", "]")));
  }
}
