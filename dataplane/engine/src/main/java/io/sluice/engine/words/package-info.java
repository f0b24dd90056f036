/**
 * What the engine found, in words: for reports, logs and journals. For people, so not for packet threads: texts are made
 * anew each time. Nothing here decides anything.
 */
@NullMarked
package io.sluice.engine.words;

import org.jspecify.annotations.NullMarked;
