/// Who was heard lately: the "most recently used" list of control queries (RFC 9327). Every thread
/// that takes packets in keeps a table of its own; copies of them are put together when somebody
/// asks.
@NullMarked
package io.chronoconf.ntp.mru;

import org.jspecify.annotations.NullMarked;
