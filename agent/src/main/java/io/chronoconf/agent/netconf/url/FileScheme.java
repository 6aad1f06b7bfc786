package io.chronoconf.agent.netconf.url;

import io.chronoconf.datastore.error.RpcException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Files of one folder: `file:///backup.xml` is its file `backup.xml`. Clients reach nothing else:
/// a path names one file, folders and symbolic links are not followed.
public final class FileScheme implements UrlScheme {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");

  private final Path folder;
  private final int maxBytes;

  /// @param folder must exist
  /// @param maxBytes longest file that is read
  public FileScheme(Path folder, int maxBytes) {
    this.folder = folder;
    this.maxBytes = maxBytes;
  }

  private Path file(URI uri) throws RpcException {
    String host = Optional.ofNullable(uri.getRawAuthority()).orElse("");
    String path = Optional.ofNullable(uri.getPath()).orElse("");
    boolean isPlain = host.isEmpty() && uri.getRawQuery() == null && uri.getRawFragment() == null;
    if (!isPlain || !path.startsWith("/") || !NAME.matcher(path.substring(1)).matches()) {
      throw ConfigUrls.invalid(
          "A file URL names one file of the agent's folder, such as file:///backup.xml, with"
              + " letters, digits, dots, hyphens and underscores.");
    }
    return folder.resolve(path.substring(1));
  }

  @Override
  public byte[] read(URI uri) throws RpcException {
    Path file = file(uri);
    try (SeekableByteChannel channel =
            Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
        InputStream in = Channels.newInputStream(channel)) {
      byte[] content = in.readNBytes(maxBytes + 1);
      if (content.length > maxBytes) {
        throw ConfigUrls.tooBig(maxBytes);
      }
      return content;
    } catch (IOException e) {
      throw failed("read", file, e);
    }
  }

  @Override
  public void write(URI uri, byte[] content) throws RpcException {
    Path file = file(uri);
    try {
      if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
        throw new FileSystemException(file.toString(), null, "it is a folder");
      }
      Path fresh = Files.createTempFile(folder, ".new-", ".xml", ownersOnly());
      try {
        Files.write(fresh, content, StandardOpenOption.SYNC);
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(fresh);
      }
    } catch (IOException e) {
      throw failed("written", file, e);
    }
  }

  private FileAttribute<?>[] ownersOnly() {
    boolean isPosix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    return isPosix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  @Override
  public void delete(URI uri) throws RpcException {
    Path file = file(uri);
    try {
      if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
        throw new FileSystemException(file.toString(), null, "it is a folder");
      }
      Files.delete(file);
    } catch (IOException e) {
      throw failed("deleted", file, e);
    }
  }

  // The folder's place on this machine is nobody's business.
  private static RpcException failed(String done, Path file, IOException e) {
    String reason =
        e instanceof NoSuchFileException
            ? "there is no such file"
            : e instanceof FileSystemException fs && fs.getReason() != null
                ? fs.getReason()
                : e.getClass().getSimpleName();
    return ConfigUrls.failed(
        "The file %s cannot be %s: %s.".formatted(file.getFileName(), done, reason));
  }
}
