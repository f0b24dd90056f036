package io.sluice.inline.service;

import io.sluice.control.Peer;
import io.sluice.control.v1.PolicyInfo;
import io.sluice.control.v1.Problem;
import io.sluice.control.v1.Refusal;
import io.sluice.inline.policy.JudgingPolicy;
import io.sluice.inline.policy.PolicyAnswer;
import java.util.List;
import java.util.Locale;

/** What plain Java looks like on the wire. */
final class Messages {
    private static final double NANOS = 1e9;
    private static final int LONGEST_NAME = 100;

    private Messages() {}

    static Problem problem(io.sluice.rules.policy.Problem problem) {
        return Problem.newBuilder()
                .setSeverity(switch (problem.severity()) {
                    case ERROR -> Problem.Severity.ERROR;
                    case WARNING -> Problem.Severity.WARNING;
                })
                .setFile(problem.position().file()).setLine(problem.position().line())
                .setColumn(problem.position().column()).setText(problem.text()).build();
    }

    static List<Problem> problems(List<io.sluice.rules.policy.Problem> problems) {
        return problems.stream().map(Messages::problem).toList();
    }

    static PolicyInfo policy(JudgingPolicy judging) {
        PolicyInfo.Builder info = PolicyInfo.newBuilder().setHash(judging.policy().hash())
                .setName(judging.policy().policy().name())
                .setMode(judging.policy().policy().mode().name().toLowerCase(Locale.ROOT))
                .setSinceNanos(judging.sinceNanos()).setWho(judging.who());
        judging.nanosLeft().ifPresent(left -> info.setConfirmWithinSeconds(left / NANOS));
        return info.build();
    }

    static Refusal refusal(Refusal.Code code, String sentence) {
        return Refusal.newBuilder().setCode(code).setSentence(sentence).build();
    }

    static Refusal refusal(PolicyAnswer.Refused refused) {
        return refusal(switch (refused.why()) {
            case NOTHING_PENDING -> Refusal.Code.NOTHING_PENDING;
            case OTHER_PENDING -> Refusal.Code.OTHER_PENDING;
            case NOTHING_BEFORE -> Refusal.Code.NOTHING_BEFORE;
            case UNUSABLE -> Refusal.Code.POLICY_UNUSABLE;
            case NOT_WRITTEN -> Refusal.Code.NOT_WRITTEN;
            case NOT_FOLLOWED -> Refusal.Code.NOT_FOLLOWED;
            case DRAINING -> Refusal.Code.DRAINING;
        }, refused.sentence());
    }

    /** Who gives an order: as stated, and the user whom the kernel saw where that is somebody else. */
    static String who(String stated) {
        String user = Peer.user();
        String clean = clean(stated);
        return clean.isEmpty() || clean.equals(user) ? user : clean + " (user " + user + ")";
    }

    /** One short line of what can be seen: it goes into files and onto screens. */
    private static String clean(String text) {
        StringBuilder clean = new StringBuilder();
        text.strip().codePoints().limit(LONGEST_NAME)
                .forEach(c -> clean.appendCodePoint(Character.isISOControl(c) || invisible(c) ? '?' : c));
        return clean.toString();
    }

    private static boolean invisible(int c) {
        int type = Character.getType(c);
        return type == Character.FORMAT || type == Character.LINE_SEPARATOR || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.SURROGATE || type == Character.UNASSIGNED;
    }
}
