package io.sluice.manage.alerts;

/**
 * Something unusual, once. Findings of the same kind between the same ends are one alert.
 *
 * @param source address, or what else it comes from; empty: nobody in particular
 * @param destination the same
 * @param subject tells alerts of one kind between the same ends apart where they are of different things; mostly empty
 * @param title a line
 * @param what happened, in a sentence
 * @param why it is unusual, in a sentence
 * @param advice what to do, in a sentence
 * @param filter its messages in the filter language
 * @param micros when, microseconds since 1970-01-01T00:00Z
 * @param times that it happened
 */
record Finding(Kind kind, Severity severity, String source, String destination, String subject, String title,
        String what, String why, String advice, String filter, long micros, long times) {}
