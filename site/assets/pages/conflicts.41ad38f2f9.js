import '../elements/app-frame.d290fc2c45.js';
import '../elements/conflict-list.df2ca50fe6.js';
