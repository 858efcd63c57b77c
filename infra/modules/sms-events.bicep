// Inbound texts and delivery reports into the queue sms-events, by identity, in Event Grid's own schema.
param topicName string
param topicPrincipalId string
param recordsAccountName string
@description('Where what could not be delivered is kept: patients\' texts, so in the records\' account.')
param undeliveredContainer string

resource topic 'Microsoft.EventGrid/systemTopics@2022-06-15' existing = {
  name: topicName
}

resource account 'Microsoft.Storage/storageAccounts@2024-01-01' existing = {
  name: recordsAccountName

  resource queueService 'queueServices' existing = {
    name: 'default'

    resource queue 'queues' existing = { name: 'sms-events' }
  }

  resource blobService 'blobServices' existing = {
    name: 'default'

    resource container 'containers' existing = { name: undeliveredContainer }
  }
}

var messageSender = 'c6a89b2d-59bc-44d0-9896-0f6e12d7b80a'
var blobContributor = 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'

// This queue and this container, nothing else of the account.
resource sends 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(account::queueService::queue.id, 'sms-events', messageSender)
  scope: account::queueService::queue
  properties: {
    principalId: topicPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', messageSender)
  }
}

resource keeps 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(account::blobService::container.id, 'sms-events', blobContributor)
  scope: account::blobService::container
  properties: {
    principalId: topicPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', blobContributor)
  }
}

resource subscription 'Microsoft.EventGrid/systemTopics/eventSubscriptions@2022-06-15' = {
  parent: topic
  name: 'texts'
  dependsOn: [sends, keeps]
  properties: {
    deliveryWithResourceIdentity: {
      identity: { type: 'SystemAssigned' }
      destination: {
        endpointType: 'StorageQueue'
        properties: {
          resourceId: account.id
          queueName: 'sms-events'
          // Never: a STOP that waits out an outage must still be heard.
          queueMessageTimeToLiveInSeconds: -1
        }
      }
    }
    // A STOP or a call for help that the queue did not take for a day must not vanish; an alert tells of each.
    deadLetterWithResourceIdentity: {
      identity: { type: 'SystemAssigned' }
      deadLetterDestination: {
        endpointType: 'StorageBlob'
        properties: {
          resourceId: account.id
          blobContainerName: undeliveredContainer
        }
      }
    }
    eventDeliverySchema: 'EventGridSchema'
    filter: {
      includedEventTypes: [
        'Microsoft.Communication.SMSReceived'
        'Microsoft.Communication.SMSDeliveryReportReceived'
      ]
    }
    retryPolicy: {
      maxDeliveryAttempts: 30
      eventTimeToLiveInMinutes: 1440
    }
  }
}
