package io.sluice.inline;

/** A grant's rules, ready to decide. Made by the compiler of rules, understood by the engine, passed on by all between. */
public interface GrantRules {}
