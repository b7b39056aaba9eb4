import '../elements/app-frame.fe7b08cc20.js';
import '../elements/audit-log.c9b7a1c002.js';
