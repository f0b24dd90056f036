package io.sluice.dissect;

/**
 * What became of the numbers that a policy had given to names and rules when another took its place: a {@link Session}
 * remembers both by number. Found by their texts. Immutable, shared by workers.
 */
public final class Renumbering {
    private final Names names;
    private final int[] toNames;
    private final boolean widened;
    private final int[] toRules;

    private Renumbering(Names names, int[] toNames, boolean widened, int[] toRules) {
        this.names = names;
        this.toNames = toNames;
        this.widened = widened;
        this.toRules = toRules;
    }

    /**
     * From one policy to the next.
     *
     * @param toRules the new number of each rule, or a negative one for a rule that is gone
     */
    public static Renumbering between(Names before, Names after, int[] toRules) {
        int[] toNames = before.in(after);
        int kept = 0;
        for (int number : toNames) {
            kept += number >= 0 ? 1 : 0;
        }
        return new Renumbering(after, toNames, kept < after.size(), toRules);
    }

    /** This one and then the next: what the policy between them did not name is forgotten. */
    public Renumbering then(Renumbering next) {
        return new Renumbering(next.names, through(toNames, next.toNames), widened || next.widened,
                through(toRules, next.toRules));
    }

    /** Numbers after two changes: a negative one for what did not survive both. */
    public static int[] through(int[] first, int[] second) {
        int[] both = new int[first.length];
        for (int i = 0; i < both.length; i++) {
            both[i] = first[i] < 0 ? first[i] : second[first[i]];
        }
        return both;
    }

    /** The names of the policy that holds now. */
    public Names names() {
        return names;
    }

    /**
     * The number of a name now, {@link Names#UNKNOWN} where it has none any more. Numbers that never stood for a name
     * are returned as they are.
     */
    public int name(int number) {
        return number >= 0 && number < toNames.length ? toNames[number] : number;
    }

    /**
     * The number of a node that was asked for by a name of its own: as {@link #name}, but what had no name may be what
     * has one now, so it is {@link Facts#UNTOLD}.
     */
    public int node(int number) {
        return number == Names.UNKNOWN && widened ? Facts.UNTOLD : name(number);
    }

    /** The policy that holds now names what an earlier one did not: it cannot be told where that was met before. */
    public boolean widened() {
        return widened;
    }

    /** The number of a rule now, negative where it is gone. */
    public int rule(int number) {
        return number >= 0 && number < toRules.length ? toRules[number] : -1;
    }
}
