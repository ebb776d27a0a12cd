import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** An echo on one selector and one thread, with one direct buffer for all connections. */
final class Echo {
    private static final int BACKLOG = 4096;

    private final Selector selector = Selector.open();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);

    private Echo(int port) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open();
        listener.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), BACKLOG);
        listener.configureBlocking(false);
        listener.register(selector, SelectionKey.OP_ACCEPT);
    }

    public static void main(String[] arguments) throws IOException {
        Echo echo = new Echo(Integer.parseInt(arguments[0]));
        Thread input = new Thread(Echo::endWithInput);
        input.setDaemon(true);
        input.start();
        System.out.println("listening " + arguments[0]);
        System.out.flush();
        echo.run();
    }

    /** Whoever started this program is gone when its input ends. */
    private static void endWithInput() {
        try {
            while (System.in.read() >= 0) {
                continue;
            }
        } catch (IOException gone) {
            // The same.
        }
        System.exit(0);
    }

    private void run() throws IOException {
        while (true) {
            selector.select(this::serve);
        }
    }

    private void serve(SelectionKey key) {
        try {
            if (key.isAcceptable()) {
                accept((ServerSocketChannel) key.channel());
            } else if (key.attachment() == null || sendRest(key)) {
                echo(key);
            }
        } catch (IOException gone) {
            end(key);
        }
    }

    private void accept(ServerSocketChannel listener) throws IOException {
        SocketChannel connection;
        while ((connection = listener.accept()) != null) {
            connection.configureBlocking(false);
            connection.setOption(StandardSocketOptions.TCP_NODELAY, true);
            connection.register(selector, SelectionKey.OP_READ);
        }
    }

    private void echo(SelectionKey key) throws IOException {
        SocketChannel connection = (SocketChannel) key.channel();
        buffer.clear();
        if (connection.read(buffer) < 0) {
            end(key);
            return;
        }
        buffer.flip();
        connection.write(buffer);
        if (buffer.hasRemaining()) {
            key.attach(ByteBuffer.allocate(buffer.remaining()).put(buffer).flip());
            key.interestOps(SelectionKey.OP_WRITE);
        }
    }

    /** Whether nothing waits to be sent any more. */
    private static boolean sendRest(SelectionKey key) throws IOException {
        ByteBuffer rest = (ByteBuffer) key.attachment();
        ((SocketChannel) key.channel()).write(rest);
        if (rest.hasRemaining()) {
            return false;
        }
        key.attach(null);
        key.interestOps(SelectionKey.OP_READ);
        return true;
    }

    private static void end(SelectionKey key) {
        key.cancel();
        try {
            key.channel().close();
        } catch (IOException ignored) {
            // It is closed either way.
        }
    }
}
