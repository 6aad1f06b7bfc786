package io.chronoconf.ntp.control;

/// Why a control query gets no answer (RFC 9327 section 3.4).
enum ControlError {
  AUTHENTICATION(1),
  BAD_FORMAT(2),
  BAD_OPCODE(3),
  UNKNOWN_ASSOCIATION(4),
  UNKNOWN_VARIABLE(5),
  BAD_VALUE(6);

  private final int code;

  ControlError(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }
}
