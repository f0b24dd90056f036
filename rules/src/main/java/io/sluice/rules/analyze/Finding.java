package io.sluice.rules.analyze;

import io.sluice.rules.policy.Position;

/** Something in a sound policy that is worth a look. */
public record Finding(Position position, String text) {
    @Override
    public String toString() {
        return position + ": note: " + text;
    }
}
