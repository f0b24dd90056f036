/** What is in the network and who talks to whom, from what the journal tells; and, where somebody asks for it, from the devices themselves. */
@NullMarked
package io.sluice.manage.assets;

import org.jspecify.annotations.NullMarked;
