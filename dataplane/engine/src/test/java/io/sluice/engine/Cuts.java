package io.sluice.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Ways to cut a stream into segments and to disturb their order. */
final class Cuts {
    /** Bytes {@code [from, to)} of a stream. */
    record Piece(int from, int to) {}

    private Cuts() {}

    static List<Piece> whole(int length) {
        return List.of(new Piece(0, length));
    }

    static List<Piece> at(int length, int cut) {
        return cut <= 0 || cut >= length ? whole(length) : List.of(new Piece(0, cut), new Piece(cut, length));
    }

    static List<Piece> every(int length, int size) {
        List<Piece> pieces = new ArrayList<>();
        for (int from = 0; from < length; from += size) {
            pieces.add(new Piece(from, Math.min(length, from + size)));
        }
        return pieces;
    }

    static List<Piece> random(int length, int longest, RandomGenerator random) {
        List<Piece> pieces = new ArrayList<>();
        for (int from = 0; from < length;) {
            int to = Math.min(length, from + 1 + random.nextInt(longest));
            pieces.add(new Piece(from, to));
            from = to;
        }
        return pieces;
    }

    /** Shuffles within blocks of so many pieces. */
    static List<Piece> shuffled(List<Piece> pieces, int block, RandomGenerator random) {
        List<Piece> out = new ArrayList<>(pieces);
        for (int start = 0; start < out.size(); start += block) {
            java.util.Collections.shuffle(out.subList(start, Math.min(out.size(), start + block)),
                    java.util.Random.from(random));
        }
        return out;
    }

    /** Repeats some pieces, later or at once, and widens some over their neighbours. */
    static List<Piece> repeated(List<Piece> pieces, int length, RandomGenerator random) {
        List<Piece> out = new ArrayList<>();
        for (Piece piece : pieces) {
            int from = random.nextInt(4) == 0 ? Math.max(0, piece.from - random.nextInt(30)) : piece.from;
            int to = random.nextInt(4) == 0 ? Math.min(length, piece.to + random.nextInt(30)) : piece.to;
            out.add(new Piece(from, to));
            if (random.nextInt(4) == 0) {
                out.add(out.get(random.nextInt(out.size())));
            }
        }
        return out;
    }
}
