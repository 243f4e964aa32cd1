package dev.promptrunner.comfy;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/**
 * Sockets that read from the system in large pieces. OkHttp asks for 8 kB at a time, which for a
 * video of gigabytes is a quarter of a million system calls.
 */
final class WideSockets extends SocketFactory {
  private static final int BUFFER = 1 << 17;

  @Override
  public Socket createSocket() {
    return new WideSocket();
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return connected(new InetSocketAddress(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return bound(new InetSocketAddress(host, port), local, localPort);
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return connected(new InetSocketAddress(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    return bound(new InetSocketAddress(host, port), local, localPort);
  }

  private static Socket connected(InetSocketAddress address) throws IOException {
    Socket socket = new WideSocket();
    socket.connect(address);
    return socket;
  }

  private static Socket bound(InetSocketAddress address, InetAddress local, int localPort)
      throws IOException {
    Socket socket = new WideSocket();
    socket.bind(new InetSocketAddress(local, localPort));
    socket.connect(address);
    return socket;
  }

  private static final class WideSocket extends Socket {
    private volatile InputStream wide = InputStream.nullInputStream();
    private volatile boolean made;

    @Override
    public synchronized InputStream getInputStream() throws IOException {
      if (!made) {
        wide = new BufferedInputStream(super.getInputStream(), BUFFER);
        made = true;
      }
      return wide;
    }
  }
}
