package io.chronoconf.agent.netconf.session;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Bytes from one thread to another. A reader that waits too long fails its test.
final class BytePipe {
  private static final long PATIENCE_SECONDS = 20;
  private static final byte[] END = new byte[0];

  private final LinkedBlockingQueue<byte[]> queue = new LinkedBlockingQueue<>();
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile boolean isStalled;
  private byte[] current = new byte[0];
  private int at;
  private boolean hasEnded;

  /// Makes writers wait until the end.
  void stall() {
    isStalled = true;
  }

  private void awaitRoom() throws IOException {
    if (isStalled) {
      try {
        if (!over.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
          throw new IOException("stalled for " + PATIENCE_SECONDS + " s");
        }
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      throw new IOException("closed");
    }
  }

  void end() {
    over.countDown();
    queue.add(END);
  }

  OutputStream output() {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        awaitRoom();
        queue.add(new byte[] {(byte) b});
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        awaitRoom();
        if (length > 0) {
          queue.add(Arrays.copyOfRange(bytes, offset, offset + length));
        }
      }
    };
  }

  InputStream input() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        while (at == current.length) {
          if (hasEnded) {
            return -1;
          }
          current = take();
          at = 0;
          hasEnded = current.length == 0;
        }
        int count = Math.min(length, current.length - at);
        System.arraycopy(current, at, bytes, offset, count);
        at += count;
        return count;
      }
    };
  }

  private byte[] take() throws IOException {
    try {
      byte[] next = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (next == null) {
        throw new IOException("nothing came in " + PATIENCE_SECONDS + " s");
      }
      return next;
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
