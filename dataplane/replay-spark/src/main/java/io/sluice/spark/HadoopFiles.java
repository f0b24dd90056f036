package io.sluice.spark;

import io.sluice.archive.ArchiveFile;
import io.sluice.archive.CaptureOpener;
import io.sluice.capture.CaptureException;
import io.sluice.capture.CaptureReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/** A folder of captures in whatever Spark reads: a disk, HDFS, an object store. */
final class HadoopFiles implements CaptureOpener {
    private static final int BUFFER = 1 << 18;

    private final Path folder;
    private final FileSystem files;

    HadoopFiles(String folder, Configuration configuration) throws IOException {
        Path given = new Path(folder);
        FileSystem files = given.getFileSystem(configuration);
        // Without the checksum files beside each, whose names Hadoop cannot form for a capture with a colon in its own.
        this.files = files instanceof LocalFileSystem local ? local.getRawFileSystem() : files;
        this.folder = this.files.makeQualified(given);
    }

    /** All files at any depth, by their paths from the folder. */
    List<ArchiveFile> list() throws IOException {
        String start = folder.toUri().getPath();
        String root = start.endsWith("/") ? start : start + "/";
        List<ArchiveFile> found = new ArrayList<>();
        RemoteIterator<LocatedFileStatus> all = files.listFiles(folder, true);
        while (all.hasNext()) {
            LocatedFileStatus status = all.next();
            String path = status.getPath().toUri().getPath();
            if (path.startsWith(root)) {
                found.add(new ArchiveFile(path.substring(root.length()), status.getLen(),
                        status.getModificationTime()));
            }
        }
        return found;
    }

    @Override
    public CaptureReader open(ArchiveFile file) throws CaptureException {
        InputStream in;
        try {
            in = files.open(new Path(folder, new Path(null, null, file.name())), BUFFER);
        } catch (IOException e) {
            in = new Unopened(e);
        } catch (IllegalArgumentException e) { // a name that Hadoop takes for something else
            in = new Unopened(new IOException("Hadoop cannot open a file of this name", e));
        }
        return CaptureReader.open(in, file.name());
    }

    /** Says what went wrong when it is read, where the reader makes a sentence of it. */
    private static final class Unopened extends InputStream {
        private final IOException why;

        Unopened(IOException why) {
            this.why = why;
        }

        @Override
        public int read() throws IOException {
            throw why;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            throw why;
        }
    }
}
