#ifndef CPOSIX_H
#define CPOSIX_H
#include <sys/types.h>
/* POSIX and Linux calls that the Swift overlay for Glibc does not carry. */
int cposix_pipe_cloexec(int descriptors[2]);
int cposix_socketpair_cloexec(int descriptors[2]);
/* Decodes a status from waitpid: the exit code, or 128 + signal. */
int cposix_exit_code(int status);
/* Starts a program in a process group of its own, signals as at boot, with only three descriptors: `input` and `output`
   become the standard ones (-1: as ours). Returns 0 or an errno. */
int cposix_spawn(pid_t *pid, const char *path, char *const arguments[], int input, int output);
/* Keeps up to `kept` freed bytes for what is allocated next, and takes pieces from `mapped_from` bytes on from the system
   each time. */
void cposix_keep_freed_memory(int kept, int mapped_from);
#endif
