"""Asks moto, once and by hand, which templates of the corpus it makes: ask-moto.py <cases.json> <moto.json>

cases.json is what `MEISSA_CORPUS_CASES=<path> npx jest test/embedded-cloud/corpus` writes. Needs boto3 and moto[cloudformation,ec2,...]. What
was asked is kept every twenty cases; what wasn't stands in the page as such.
"""

import json
import sys

import boto3
import moto


def made(client, case):
    try:
        client.create_stack(StackName="s", TemplateBody=case["text"], Capabilities=["CAPABILITY_NAMED_IAM"])
        return client.describe_stacks(StackName="s")["Stacks"][0]["StackStatus"] == "CREATE_COMPLETE"
    except Exception:  # whatever it says, it isn't made
        return False
    finally:
        try:
            client.delete_stack(StackName="s")
        except Exception:  # what can't be taken down stays in this process
            pass


def keep(refused, taken):
    with open(sys.argv[2], "w", encoding="utf8") as file:
        json.dump({"version": f"moto {moto.__version__}", "refused": sorted(refused), "made": sorted(taken)}, file, indent=2)
        file.write("\n")


with moto.mock_aws():
    client = boto3.client("cloudformation", region_name="us-east-1", aws_access_key_id="a", aws_secret_access_key="b")
    refused, taken = [], []
    for n, case in enumerate(json.load(open(sys.argv[1], encoding="utf8")), 1):
        (taken if made(client, case) else refused).append(case["name"])
        if n % 20 == 0:
            keep(refused, taken)
    keep(refused, taken)
