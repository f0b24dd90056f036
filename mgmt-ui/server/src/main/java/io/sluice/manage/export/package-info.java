/** What other systems get of the journal: syslog, CEF, files, Kafka, and metrics by OTLP (docs/exports.md). */
@NullMarked
package io.sluice.manage.export;

import org.jspecify.annotations.NullMarked;
