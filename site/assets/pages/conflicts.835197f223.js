import '../elements/app-frame.87e0f528fd.js';
import '../elements/conflict-list.3c13554797.js';
