#include <stdio.h>
#include <gdcm-3.0/gdcmjpeg/16/jinclude.h>
#include <gdcm-3.0/gdcmjpeg/16/jpeglib.h>
#include <gdcm-3.0/gdcmjpeg/16/jerror.h>
#define CJPEG_NAME cjpeg_decode_gdcm16
#include "decode.h"
