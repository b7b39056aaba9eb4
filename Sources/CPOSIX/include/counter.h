#ifndef CPOSIX_COUNTER_H
#define CPOSIX_COUNTER_H
#include <stdint.h>
/* A number at the beginning of a file that the processes of a machine share.
   Returns NULL when there is no such file, or it is shorter than the number. */
uint64_t *cposix_map_counter(const char *path);
/* All that was done before `cposix_count` in one process is seen by those that read the new number. */
void cposix_count(uint64_t *counter);
uint64_t cposix_counted(const uint64_t *counter);
#endif
