package io.sluice.rules.policy;

/** What happens when the firewall loses sight, one action for each cause. {@code REPLY} is not among the choices. */
public record WhenUnsure(OnDeny malformed, OnDeny opaque, OnDeny midstream, OnDeny overload) {
    public static final WhenUnsure DEFAULT = new WhenUnsure(OnDeny.RESET, OnDeny.DROP, OnDeny.RESET, OnDeny.DROP);
}
