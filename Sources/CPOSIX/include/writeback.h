#ifndef CPOSIX_WRITEBACK_H
#define CPOSIX_WRITEBACK_H
/* Starts to write a file's dirty pages and does not wait, so that a later fdatasync finds little left to do. */
int cposix_start_writeback(int descriptor);
#endif
