package io.sluice.inline;

/**
 * What an approved jump session may do beside the policy's rules, for a limited time. Never more than the conduit allows:
 * whoever makes one has checked that.
 *
 * @param number unique since the process started, from 1
 * @param person who works under it, for the journal
 * @param conduit the conduit whose ceiling holds
 * @param target the asset it leads to
 * @param rules what the compiler made of the grant's rules
 */
public record Grant(int number, String person, String conduit, String target, GrantRules rules) {}
