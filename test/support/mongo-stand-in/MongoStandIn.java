import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.util.List;

/**
 * Serves the MongoDB wire protocol from memory on a free loopback port, prints its URL, and ends on SIGTERM.
 * It answers as 5.0 with wire version 13, for today's drivers refuse the 8 that the library states: what it cannot
 * do is found by the tests, not by that number.
 */
public class MongoStandIn {
  record Version(List<Integer> getVersionArray, int getWireVersion) implements MongoVersion {}

  public static void main(String[] arguments) throws Exception {
    MongoServer server = new MongoServer(new MemoryBackend().version(new Version(List.of(5, 0, 0), 13)));
    server.bind("127.0.0.1", 0);
    Runtime.getRuntime().addShutdownHook(new Thread(server::shutdownNow));
    System.out.println("mongodb://127.0.0.1:" + server.getLocalAddress().getPort());
    System.out.flush();
    Thread.currentThread().join();
  }
}
