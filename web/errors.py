"""Answers for what is not there and for what went wrong: a bilingual page, or JSON below /api."""

from __future__ import annotations

import logging
from http import HTTPStatus

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from reports.words import Words
from web.headers import STRICT_HEADERS
from web.here import here_of

log = logging.getLogger(__name__)

_NOT_FOUND = Words(
    "没有这个页面，或对应的记录不存在。请从首页台账查找。",
    "There is no such page, or no such record. Please start from the ledger.",
)
_BAD_REQUEST = Words(
    "地址中的参数无法识别：年份、编号应为数字，状态应为页面列出的值。",
    "A parameter of the address cannot be understood: years and ids are numbers, "
    "a status is one of those listed.",
)
_FAULT = Words(
    "服务器内部出现错误，已写入日志。请稍后再试；如持续出现，请联系管理人员。",
    "Something went wrong in the server and was logged. Please try again later, "
    "or tell the operator if it goes on.",
)
_BUSY = Words(
    "正在为他人准备同类文件，请半分钟后再试。",
    "Files of this kind are being made for others; please try again in half a minute.",
)
_OTHER = Words("请求无法处理。", "The request cannot be served.")
_WORDS = {
    HTTPStatus.NOT_FOUND: _NOT_FOUND,
    HTTPStatus.UNPROCESSABLE_ENTITY: _BAD_REQUEST,
    HTTPStatus.INTERNAL_SERVER_ERROR: _FAULT,
    HTTPStatus.SERVICE_UNAVAILABLE: _BUSY,
}


def install(app: FastAPI) -> None:
    """Let the application answer its errors in both languages."""
    app.add_exception_handler(HTTPException, _on_http_exception)
    app.add_exception_handler(RequestValidationError, _on_bad_request)
    app.add_exception_handler(Exception, _on_fault)


def _on_http_exception(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    response = _answer(request, HTTPStatus(error.status_code))
    response.headers.update(error.headers or {})
    return response


def _on_bad_request(request: Request, _error: Exception) -> Response:
    return _answer(request, HTTPStatus.UNPROCESSABLE_ENTITY)


def _on_fault(request: Request, error: Exception) -> Response:
    # This answer is made outside the middleware, so the strict headers are put on here.
    log.error("page=%s fault=%s", request.url.path, type(error).__name__)
    response = _answer(request, HTTPStatus.INTERNAL_SERVER_ERROR)
    response.headers.update(STRICT_HEADERS)
    return response


def _answer(request: Request, status: HTTPStatus) -> Response:
    words = _WORDS.get(status, _OTHER)
    if request.url.path.startswith("/api/"):
        body = {"error": {"status": status.value, "zh": words.zh, "en": words.en}}
        return JSONResponse(body, status_code=status)
    return here_of(request).page("error.html", status, status=status.value, words_of_error=words)
