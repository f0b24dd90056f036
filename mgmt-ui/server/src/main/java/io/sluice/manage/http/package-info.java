/** HTTPS: the server, its routes by the API document, cookies, protection against other sites, and what is pushed to pages. */
@NullMarked
package io.sluice.manage.http;

import org.jspecify.annotations.NullMarked;
