package io.sluice.cli.backup;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What is said of a backup before its files.
 *
 * @param host the machine that it was made on
 * @param folders where each part lay there
 * @param notes what is not in it, in sentences
 */
public record Manifest(String host, Map<Part, String> folders, List<String> notes) {
    private static final int MOST_NOTES = 1000;

    public Manifest {
        folders = Map.copyOf(folders);
        notes = List.copyOf(notes);
    }

    void write(DataOutputStream out) throws IOException {
        out.writeUTF(host);
        out.writeByte(folders.size());
        for (Part part : Part.values()) {
            if (folders.containsKey(part)) {
                out.writeUTF(part.word());
                out.writeUTF(folders.get(part));
            }
        }
        List<String> first = notes.subList(0, Math.min(notes.size(), MOST_NOTES));
        out.writeShort(first.size());
        for (String note : first) {
            out.writeUTF(note);
        }
    }

    static Manifest read(DataInputStream in) throws IOException {
        String host = Entry.printable(in.readUTF());
        Map<Part, String> folders = new EnumMap<>(Part.class);
        for (int left = in.readUnsignedByte(); left > 0; left--) {
            Part part = part(in.readUTF());
            String folder = in.readUTF();
            if (!folder.startsWith("/") || !Entry.isSound(folder.substring(1))) {
                throw new BadBackup("`" + Entry.printable(folder) + "` is no folder that something can be put into");
            }
            folders.put(part, folder);
        }
        List<String> notes = new ArrayList<>();
        int count = in.readUnsignedShort();
        if (count > MOST_NOTES) {
            throw new BadBackup("it has " + count + " notes, more than a backup can have");
        }
        for (; count > 0; count--) {
            notes.add(Entry.printable(in.readUTF()));
        }
        return new Manifest(host, folders, notes);
    }

    static Part part(String word) throws BadBackup {
        return Part.of(word).orElseThrow(() -> new BadBackup("it has a part `" + Entry.printable(word)
                + "` that this Sluice does not know; use one that is as new as the one that wrote it"));
    }
}
