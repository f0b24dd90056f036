package io.sluice.manage.query;

/**
 * What is wrong with a filter.
 *
 * @param from index of the first character that it is about
 * @param to index behind the last
 * @param sentence what is wrong and what to write instead; lower case
 */
public record FilterProblem(int from, int to, String sentence) {}
