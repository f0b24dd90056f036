/** What somebody should look at: unusual things in what the journal tells, put together and explained. */
@NullMarked
package io.sluice.manage.alerts;

import org.jspecify.annotations.NullMarked;
