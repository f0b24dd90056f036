package io.sluice.rules.space;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All points whose number on each axis is in the box's side there. */
public record Box(List<Side> sides) {
    public Box {
        sides = List.copyOf(sides);
    }

    public Side side(int axis) {
        return sides.get(axis);
    }

    public boolean isEmpty() {
        return sides.stream().anyMatch(Side::isEmpty);
    }

    public Box with(int axis, Side side) {
        List<Side> other = new ArrayList<>(sides);
        other.set(axis, side);
        return new Box(other);
    }

    public Box and(Box other) {
        List<Side> both = new ArrayList<>();
        for (int axis = 0; axis < sides.size(); axis++) {
            both.add(side(axis).and(other.side(axis)));
        }
        return new Box(both);
    }

    /** Whether some point is in both. */
    public boolean meets(Box other) {
        for (int axis = 0; axis < sides.size(); axis++) {
            if (!side(axis).meets(other.side(axis))) {
                return false;
            }
        }
        return true;
    }

    public boolean contains(long... point) {
        for (int axis = 0; axis < point.length; axis++) {
            if (!side(axis).contains(point[axis])) {
                return false;
            }
        }
        return true;
    }

    /** What of this box another does not hold: boxes that are apart. */
    public List<Box> without(Box other) {
        if (!meets(other)) {
            return List.of(this);
        }
        List<Box> left = new ArrayList<>();
        Box narrowed = this;
        for (int axis = 0; axis < sides.size(); axis++) {
            Side outside = side(axis).without(other.side(axis));
            if (!outside.isEmpty()) {
                left.add(narrowed.with(axis, outside));
            }
            narrowed = narrowed.with(axis, side(axis).and(other.side(axis)));
        }
        return left;
    }

    /**
     * The same points in fewer boxes: those that differ along one axis only become one, until there are none. The order
     * of the boxes decides nothing but the order of the result.
     *
     * @param boxes apart from one another
     */
    public static List<Box> merged(Collection<Box> boxes) {
        List<Box> merged = List.copyOf(boxes);
        int before;
        do {
            before = merged.size();
            for (int axis = merged.isEmpty() ? -1 : merged.getFirst().sides.size() - 1; axis >= 0; axis--) {
                Map<Box, Side> joined = new LinkedHashMap<>();
                for (Box box : merged) {
                    joined.merge(box.with(axis, Side.NOTHING), box.side(axis), Side::or);
                }
                int along = axis;
                merged = joined.entrySet().stream().map(e -> e.getKey().with(along, e.getValue())).toList();
            }
        } while (merged.size() < before);
        return merged;
    }
}
