package io.chronoconf.datastore.filter;

/// Which part of the data a client wants: `DataFilter = SubtreeFilter | XPathFilter`.
public sealed interface DataFilter permits SubtreeFilter, XPathFilter {}
