/** Everything of an installation in one encrypted file, and back again. */
@NullMarked
package io.sluice.cli.backup;

import org.jspecify.annotations.NullMarked;
