@NullMarked
package io.chronoconf.datastore.xpath;

import org.jspecify.annotations.NullMarked;
