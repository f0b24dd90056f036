/**
 * The management pages as people see them: Chromium, driven by Playwright. What a test cannot see in a browser, it does not
 * claim.
 */
@NullMarked
package io.sluice.integration.browser;

import org.jspecify.annotations.NullMarked;
