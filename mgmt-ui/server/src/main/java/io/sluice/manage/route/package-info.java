/** What each operation of the API document does, in the words of the document. Decisions are made elsewhere. */
@NullMarked
package io.sluice.manage.route;

import org.jspecify.annotations.NullMarked;
