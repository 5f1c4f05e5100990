package gatehouse;

import com.eclipsesource.json.Json;
import gatehouse.json.Fields;
import java.util.function.UnaryOperator;

/** Settings for a server in a test, in the words of the configuration file. */
public final class Configured {
  private Configured() {
  }

  /** What these lines of a configuration file say, on top of what is set already. */
  public static UnaryOperator<Gatehouse.Builder> by(String json) {
    return builder -> {
      ConfigFile file = new ConfigFile(builder);
      Fields config = Fields.readObject(json);
      Json.parse(json).asObject().names().forEach(name -> file.read(config, name));
      return builder;
    };
  }
}
